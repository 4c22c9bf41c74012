/** The names of months, weekdays and eras in US English. */

export const monthNames: readonly string[] = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** From Monday. */
export const weekdayNames: readonly string[] = [
  ...["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];

/** A name in full from four letters of a pattern on, else its first three letters. */
export const nameOf = (name: string, letters: number): string => (letters < 4 ? name.slice(0, 3) : name);
