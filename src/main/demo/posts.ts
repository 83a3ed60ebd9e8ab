/** One post of the demo site. */
export interface Post {
  /** Path below `/demo/`. */
  readonly slug: string
  readonly section: string
  readonly title: string
  readonly summary: string
  /** Plain text, in reading order. */
  readonly paragraphs: readonly string[]
}

/** The posts of the demo site, newest first. */
export const POSTS: readonly Post[] = [
  {
    slug: 'workshop/typewriter-as-a-keyboard',
    section: 'Workshop',
    title: 'A typewriter as a keyboard',
    summary: 'Forty-four switches, one ribbon cable, and a bell that still rings at the end of the line.',
    paragraphs: [
      'The typewriter came from a flea market in Poznań, with a carriage that no longer moved and a smell of pipe smoke that never left. Under each type bar there is room for a reed switch, and on each type bar for a magnet the size of a lentil.',
      'The reeds go to a small board that speaks USB. It took an evening to solder them and a week to tell a key that bounced from a key that was struck twice. In the end the answer was mechanical: a strip of felt.',
      'The bell was left alone. It rings at column seventy, and a program that shows longer lines is not worth writing for.',
    ],
  },
  {
    slug: 'bread/rye-in-a-cold-oven',
    section: 'Bread',
    title: 'Rye in a cold oven',
    summary: 'No preheating, no stone, no steam: a loaf that rises while the oven warms.',
    paragraphs: [
      'Rye does not spring like wheat, so it loses little when the oven is cold. Put the tin in, turn the dial to 230 degrees, and let the loaf use the half hour that you would have waited for.',
      'The crust is thinner and the crumb a little closer. What you gain is a third of the electricity, and a Sunday morning without planning.',
      'Bake for an hour and ten minutes from the click of the switch, the last ten of them out of the tin. Then do the hard part, and do not cut it until tomorrow.',
    ],
  },
  {
    slug: 'walks/tatra-without-a-car',
    section: 'Walks',
    title: 'The Tatras without a car',
    summary: 'Two night trains, one bus that leaves on time, and four days on foot between them.',
    paragraphs: [
      'The night train from the coast reaches Zakopane at seven, just before the first bus to the valleys. Sit on the left for the mountains and on the right for sleep.',
      'Walk east. The huts are a day apart, each has soup, and the last of them stands a short hour above a Slovak railway halt from which a train leaves for home every evening at six.',
      'Carry less than you think. In four days we used one book, one candle and none of the second pair of boots.',
    ],
  },
  {
    slug: 'garden/compost-for-the-lazy',
    section: 'Garden',
    title: 'Compost for the lazy',
    summary: 'Never turned, never measured, rarely thought about. It takes two years and no work.',
    paragraphs: [
      'Every book says to turn the heap. The heap does not read. Left alone, the worms turn it, and ask only for cardboard now and then.',
      'Two boxes are enough: one that is being filled, one that is being forgotten. When the first is full, the second is ready.',
      'If it smells, add straw. If it does nothing, add grass. If a hedgehog moves in, build a third box.',
    ],
  },
]
