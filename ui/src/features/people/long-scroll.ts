/**
 * Scrolling through more than a browser can hold: WebKit lays out at most some 33 million pixels, and draws sharply
 * well below that, while a million rows are 44 million.
 *
 * The element that is scrolled is kept to {@link MOST_PX}. A place in it stands for a place in the whole list: exactly
 * so near both ends, in proportion between. A turn of the wheel goes on from where one is, pixel by pixel; only a leap,
 * as the scrollbar's thumb makes one, goes to where the thumb points.
 */
export const MOST_PX = 4_000_000;

/** At both ends a pixel is a pixel. */
const END_PX = 200_000;

/** More than a wheel or a finger moves at once, less than the thumb does in a list that is kept short. */
const LEAP_PX = 2_000;

export class LongScroll {
  /** How much further the list is than the element. */
  #ahead = 0;
  #last = 0;
  readonly #whole: number;
  readonly #view: number;

  /** `whole` is the height of all rows, `view` that of those in view, in pixels. */
  constructor(whole: number, view: number) {
    this.#whole = whole;
    this.#view = view;
  }

  /** The height of the element that is scrolled. */
  get height(): number {
    return Math.min(this.#whole, MOST_PX);
  }

  /** By how much a place in the list is further than the same place in the element, now. */
  get ahead(): number {
    return this.#ahead;
  }

  /** The element was scrolled to `at`: where in the list that is. */
  scrolled(at: number): number {
    const leap = Math.abs(at - this.#last) > LEAP_PX;
    const place = leap ? this.#placeAt(at) : this.#within(at + this.#ahead);
    this.#last = at;
    this.#ahead = place - at;
    return place;
  }

  /** Where the element is to be scrolled for a place in the list. The browser may round it: tell {@link settled}. */
  scrollFor(place: number): number {
    return Math.round(this.#pointTo(this.#within(place)));
  }

  /** The element stands at `at`, for a place in the list. Gives that place, where there is such a one. */
  settled(at: number, place: number): number {
    const there = this.#within(place);
    this.#last = at;
    this.#ahead = there - at;
    return there;
  }

  /** Whether the thumb stands elsewhere than where it should for this place. */
  strays(place: number): boolean {
    return this.#whole > MOST_PX && Math.abs(this.#last - this.scrollFor(place)) > 1;
  }

  #within(place: number): number {
    return Math.max(0, Math.min(place, this.#whole - this.#view));
  }

  /** Of the middle parts, where one is not one: the list's to the element's. */
  get #stretch(): number {
    const middle = MOST_PX - this.#view - 2 * END_PX;
    return (this.#whole - this.#view - 2 * END_PX) / middle;
  }

  #placeAt(at: number): number {
    const fromEnd = this.height - this.#view - at;
    if (this.#whole <= MOST_PX || at <= END_PX) return this.#within(at);
    if (fromEnd <= END_PX) return this.#within(this.#whole - this.#view - fromEnd);
    return END_PX + (at - END_PX) * this.#stretch;
  }

  #pointTo(place: number): number {
    const fromEnd = this.#whole - this.#view - place;
    if (this.#whole <= MOST_PX || place <= END_PX) return place;
    if (fromEnd <= END_PX) return this.height - this.#view - fromEnd;
    return END_PX + (place - END_PX) / this.#stretch;
  }
}
