/** Electron gives this to the utility processes of a shell, in place of Node's own channel. */
type UtilityProcess = { readonly parentPort?: { postMessage(message: object): void } };

const parentPortOf = (process: UtilityProcess) => process.parentPort;

/** Says it to whoever started this process, if they listen. */
export function tellParent(message: object): void {
  process.send?.(message);
  parentPortOf(process)?.postMessage(message);
}

/** Lets this process end once its work is done: both channels would keep it. */
export function leaveParent(): void {
  if (process.connected) process.disconnect();
  if (parentPortOf(process) !== undefined) process.exit();
}
