/** The first argument of an event whose default action a listener may prevent. */
export type PreventableEvent = { preventDefault(): void; readonly defaultPrevented: boolean };

export function preventableEvent<Details extends object>(details: Details): Details & PreventableEvent {
  let isPrevented = false;
  const event = {
    preventDefault: () => {
      isPrevented = true;
    },
    get defaultPrevented() {
      return isPrevented;
    },
  };
  // The getter must stay a getter, so the details are laid into the event and not both into a third object.
  return Object.assign(event, details);
}
