/** Light is the default because people stand in the sun; dark is a choice of this laptop, not of the campaign. */
export type Theme = "light" | "dark";

const KEY = "placard.theme";

function kept(): Theme {
  return localStorage.getItem(KEY) === "dark" ? "dark" : "light";
}

class ThemeChoice {
  current = $state<Theme>(kept());

  choose(theme: Theme): void {
    this.current = theme;
    localStorage.setItem(KEY, theme);
    this.apply();
  }

  apply(): void {
    document.documentElement.dataset["theme"] = this.current;
  }
}

export const theme = new ThemeChoice();
