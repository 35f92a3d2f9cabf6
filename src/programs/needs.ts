/** What the user lacks for a program to run, in words: "Python 3.8 or newer". No failure of the program. */
export class Needs extends Error {
  override readonly name = 'Needs';
}
