import './door-board.ts';
import './every-message.ts';
import './identify-sheet.ts';
import './manager-board.ts';
import './pairing-board.ts';
import './wall-board.ts';
