import { EventEmitter } from 'node:events';

// Loaded before the module of a utility process. It makes Electron's `process.parentPort` of Node's channel.

/** What was sent before somebody listened is kept until then. */
class ParentPort extends EventEmitter {
  readonly #waiting: unknown[] = [];
  readonly #send: (message: unknown) => void;

  constructor(send: (message: unknown) => void) {
    super();
    this.#send = send;
    this.on('newListener', (name) => {
      if (name === 'message') process.nextTick(() => this.#flush());
    });
  }

  postMessage(message: unknown): void {
    this.#send(message);
  }

  receive(message: unknown): void {
    this.#waiting.push(message);
    if (this.listenerCount('message') > 0) this.#flush();
  }

  #flush(): void {
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] });
  }
}

const { channel } = process;
const parentPort = new ParentPort(process.send?.bind(process) ?? (() => undefined));
process.on('message', (message) => parentPort.receive(message));
// Electron takes its utility processes along, however it ends.
process.on('disconnect', () => process.exit());
// Only a listener of the app's keeps the process alive.
channel?.unref();
parentPort.on('newListener', (name) => {
  if (name === 'message') channel?.ref();
});

Object.assign(process, { parentPort, type: 'utility' });
// Not there in Electron: the parent is reached by its port only.
Reflect.deleteProperty(process, 'send');
