/** Whether the first-run page opens at the set-up form: so for someone who comes from practice to set up. */
export const firstStep = $state({ setUp: false });

export function startAtSetUp(): void {
  firstStep.setUp = true;
}
