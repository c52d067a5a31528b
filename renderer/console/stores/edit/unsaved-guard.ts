import { linkedPath, navigate } from '../../view/navigate.ts';

export type UnsavedGuard = { readonly end: () => void };

type GuardOptions = {
  readonly isUnsaved: () => boolean;
  /** Asks; true: the person leaves all the same. */
  readonly mayLeave: () => Promise<boolean>;
};

/** Keeps what is not saved from being lost by a click on a link or a closed tab. */
export function guardUnsaved({ isUnsaved, mayLeave }: GuardOptions): UnsavedGuard {
  const clicked = async (event: MouseEvent) => {
    const path = linkedPath(event);
    if (path === null || !isUnsaved()) return;
    event.preventDefault();
    if (await mayLeave()) navigate(path);
  };
  const closes = (event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault();
  };
  // Before the page's own listener: it would have left already.
  document.addEventListener('click', clicked, { capture: true });
  addEventListener('beforeunload', closes);
  return {
    end() {
      document.removeEventListener('click', clicked, { capture: true });
      removeEventListener('beforeunload', closes);
    },
  };
}
