import './message-band.ts';
import './message-column.ts';
import './message-full.ts';
