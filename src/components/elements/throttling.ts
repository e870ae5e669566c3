/** Draws <ThrottlingStrip /> for the values that its reader has chosen. */
import { describeStrip, drawStrip } from '../../drawings/throttling-strip.ts';
import { required } from './required.ts';

export function drawAgain(element: HTMLElement): void {
  const inputs = [...element.querySelectorAll<HTMLInputElement>('input[type="range"]')];
  for (const input of inputs) {
    const value = `${input.value} ${input.dataset['unit']}`.trim();
    input.ariaValueText = value;
    if (input.parentElement) required(input.parentElement, '.value').textContent = value;
  }
  const valueOf = (name: string): number =>
    inputs.find((input) => input.name === name)?.valueAsNumber ?? 1;
  const load = {
    quota: valueOf('quota'),
    period: valueOf('period'),
    threads: valueOf('threads'),
    request: valueOf('request'),
  };
  const labels = JSON.parse(element.dataset['labels'] ?? '{}') as {
    group: string;
    request: string;
  };
  required(element, '.strip').innerHTML = drawStrip(load, labels);
  required(element, '.words').textContent = describeStrip(load);
}
