import './door-board.ts';
import './manager-board.ts';
import './wall-board.ts';
