type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'defaultPrevented' | 'isComposing'
>;

/** Whether a key pressed now is meant for a field, a dialog or the browser. */
export function isForTheField(event: Pressed): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing)
    return true;
  return isField(event.target);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = 'input:not([type=checkbox], [type=radio], [type=button]), select, textarea, dialog';
  return target.closest(`${field}, [contenteditable]`) !== null;
}
