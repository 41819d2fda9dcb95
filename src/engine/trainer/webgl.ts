import type { Trainer } from "./training.ts";

export function openWebglTrainer(): Promise<{ trainer: Trainer; renderer: string }> {
  return Promise.reject(new Error("not written yet"));
}
