/**
 * Calls `act` at each press of a button. The button may have taken the place of another one just now. The second
 * click of a double click and the clicks of a held key were then meant for the other one, so they do nothing.
 */
export function onPress(
  button: HTMLElement,
  act: () => unknown,
  options?: AddEventListenerOptions,
): void {
  button.addEventListener('click', ({ detail }) => detail < 2 && act(), options);
  const ignoreRepeated = (event: KeyboardEvent): void => {
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
  };
  button.addEventListener('keydown', ignoreRepeated, options);
}
