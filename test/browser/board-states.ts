import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { aSnapshot, following } from '../support/glass-states.ts';

const MINUTE_MS = 60_000;
/** Sunday, 10:00 in Madrid. */
export const SUNDAY_MORNING_MS = Date.UTC(2026, 10, 22, 9);

type Following = Extract<FeedState, { kind: 'following' }>;
type Wishes = Partial<SignSettings>;
type Difference = NonNullable<Parameters<typeof aSnapshot>[0]>;

/** As a sign has it whose board was chosen in the console. */
export const put = (state: Following, wishes: Wishes): Following => ({
  ...state,
  sign: { name: 'Passage', fingerprint: '7F3A 91C2', settings: { board: 'manager', ...wishes } },
});

export const door = (snapshot: Snapshot, wishes: Wishes = {}): Following =>
  put(following(snapshot), { board: 'door', ...wishes });

export const wall = (stores: readonly Snapshot[], wishes: Wishes = {}): Following =>
  put(following(...stores), { board: 'wall', ...wishes });

/** Closed by its opening hours, as the cloud tells it. */
export const closed = (difference: Difference = {}, opensAtMs: number | null = SUNDAY_MORNING_MS): Snapshot =>
  aSnapshot({
    ...difference,
    content: { opening: { open: false, changesAtMs: opensAtMs }, ...difference.content },
  });

export const leaving = ({ content, proof }: Snapshot, leavePerMinute: number | null): Snapshot => ({
  content,
  proof: { ...proof, leavePerMinute },
});

const NAMES =
  `Gran Vía, Puerto, El Born, Sants, Calle Mayor, Alameda, Triana, Ruzafa, Plaza Nueva, Chamberí, Indautxu,
Las Ramblas, Passeig de Gràcia, Malasaña, Casco Viejo, Delicias, Nervión, La Latina, Gracia, Arenal, Mercado, Salamanca,
Retiro, Lavapiés, Poblenou, Eixample, Ensanche, Campo Grande, Catedral, Estación, Universidad, Playa, Faro, Castillo,
Molino, Jardines, Teatro, Museo, Lonja, Muelle`.split(/,\s+/);

/** Of a store: its id as well, which a wall tells stores apart by. */
export const shop = (name: string, difference: Difference = {}, make = aSnapshot): Snapshot =>
  make({
    ...difference,
    name,
    content: { store: { id: name.toLowerCase(), name, timeZone: 'Europe/Madrid' }, ...difference.content },
  });

/** So many stores: one over, one not heard of, one old, one full, one nearly full, one closed, one with a silent door. */
export function shops(count: number, hard = 60): readonly Snapshot[] {
  const special: Readonly<Record<number, (name: string) => Snapshot>> = {
    1: (name) => shop(name, { hard, count: hard + 4 }),
    3: (name) => shop(name, { hard, count: 27, ageMs: 30 * MINUTE_MS }),
    4: (name) => shop(name, { hard, count: hard - 3 }),
    5: (name) => shop(name, { hard, count: 49, ageMs: 4 * MINUTE_MS }),
    6: (name) => shop(name, { hard, count: hard }),
    7: (name) => shop(name, { hard, count: 16 }, closed),
    8: (name) =>
      shop(name, {
        hard,
        count: 31,
        doors: [
          ['Street', 2_000],
          ['Arcade', 400_000, true],
        ],
      }),
  };
  return NAMES.slice(0, count).map(
    (name, index) => special[index]?.(name) ?? shop(name, { hard, count: 8 + index }),
  );
}
