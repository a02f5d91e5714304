import { screen } from "@testing-library/svelte";
import type { UserEvent } from "@testing-library/user-event";

export const button = (name: string | RegExp) =>
  screen.findByRole<HTMLButtonElement>("button", { name });
export const box = (name: string) => screen.findByRole<HTMLInputElement>("textbox", { name });

/** Moves the focus by Tab until it is on something of this role and name, and presses a key there. */
export async function go(
  user: UserEvent,
  role: string,
  name: string | RegExp,
  press = "",
): Promise<void> {
  const wanted = await screen.findByRole(role, { name });
  for (let tabs = 0; tabs < 60 && document.activeElement !== wanted; tabs++) await user.tab();
  if (document.activeElement !== wanted) throw new Error(`${role} ${name} is not reached by Tab`);
  if (press) await user.keyboard(press);
}
