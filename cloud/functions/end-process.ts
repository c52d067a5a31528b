import type { StoreError } from '../store/store-error.ts';

/**
 * Ends this process, which whoever runs it starts again. Not in order, and without a last word of its parts: closing a
 * database of which nobody knows what is in it would be worse than to lose the connections.
 */
export function endProcess({ message, cause }: StoreError): void {
  const why = cause instanceof Error ? `${message} (${cause.message})` : message;
  process.stderr.write(`vitrine: ${why}; ends, to be started again\n`);
  process.kill(process.pid, 'SIGKILL');
}
