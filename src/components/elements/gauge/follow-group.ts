/** Keeps <MemoryGauge /> up to date: observes its group while the reader can see it, and draws what it saw. */
import { drawMemoryBar, endOfBar } from '../../../drawings/memory-gauge.ts';
import type { MachineState } from '../../../machine/state.ts';
import { formatBytes, ofLimit } from '../amounts.ts';
import type { PageMachine } from '../machines.ts';
import { required } from '../required.ts';
import { GaugeModel } from './gauge-model.ts';
import { observeAgain } from './observe-again.ts';

/** Least time between two reports, and between two drawings, in milliseconds. Other observers may ask for more reports. */
const INTERVAL_MS = 250;

/** Follows the group until the returned function is called. */
export function followGroup(gauge: HTMLElement, machine: PageMachine): () => void {
  const model = new GaugeModel(gauge.dataset['group'] ?? '');
  let before: MachineState['name'] = 'idle';
  let isOn = false;
  let isVisible = false;
  let endObservation: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = -INTERVAL_MS;

  const drawNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    drawnAt = performance.now();
    draw(gauge, model);
  };
  const drawSoon = (): void => {
    timer ??= setTimeout(drawNow, Math.max(0, drawnAt + INTERVAL_MS - performance.now()));
  };
  const observe = (): void => {
    const isWanted = isOn && isVisible && !document.hidden;
    if (isWanted === Boolean(endObservation)) return;
    endObservation?.();
    endObservation = isWanted
      ? observeAgain(machine.machine, INTERVAL_MS, (report) => {
          model.receive(report);
          drawSoon();
        })
      : undefined;
  };
  const note = ({ name }: MachineState): void => {
    isOn = name === 'restoring' || name === 'ready' || name === 'busy' || name === 'paused';
    // A report of the former state may arrive while the machine restores the other one.
    if (name === 'restoring' || before === 'restoring') model.leaveState();
    before = name;
    if (name === 'stopped') model.stop();
    if (name === 'idle' || name === 'failed') model.forget();
    observe();
    if (!isOn) drawNow();
  };

  const sight = new IntersectionObserver((entries) => {
    isVisible = entries.at(-1)?.isIntersecting ?? false;
    observe();
  });
  sight.observe(gauge);
  document.addEventListener('visibilitychange', observe);
  const endStates = machine.subscribe(note);
  return () => {
    isVisible = false;
    observe();
    endStates();
    sight.disconnect();
    document.removeEventListener('visibilitychange', observe);
    clearTimeout(timer);
  };
}

function setText(gauge: HTMLElement, selector: string, text: string): void {
  const place = required(gauge, selector);
  if (place.textContent !== text) place.textContent = text;
}

function draw(gauge: HTMLElement, { state, values }: GaugeModel): void {
  for (const each of gauge.querySelectorAll<HTMLElement>('[data-when]')) {
    each.hidden = each.dataset['when'] !== state;
  }
  const meter = required<HTMLElement>(gauge, '.meter');
  meter.hidden = !values;
  required<HTMLElement>(gauge, '.sample').hidden = Boolean(values);
  const used = state === 'gone' ? 0 : values?.used;
  const limit = (bytes: number | undefined): string =>
    bytes === undefined ? 'no limit' : formatBytes(bytes);
  const texts = {
    used: values && state !== 'gone' ? formatBytes(values.used) : '',
    highest: values ? formatBytes(values.highest) : '',
    high: values ? limit(values.high) : '',
    max: values ? limit(values.max) : '',
    kills: values ? String(values.oomKills) : '',
  };
  for (const [name, text] of Object.entries(texts)) setText(gauge, `.${name} .value`, text);
  if (!values || used === undefined) return;
  const max = values.max === undefined ? undefined : formatBytes(values.max);
  const amount = ofLimit(formatBytes(used), max);
  setText(gauge, '.amount', amount);
  meter.innerHTML = drawMemoryBar({ ...values, used });
  meter.ariaValueMax = String(endOfBar(values));
  meter.ariaValueNow = String(used);
  meter.ariaValueText = state === 'gone' ? 'The group no longer exists' : amount;
}
