/** What a restore led to: said at the unlock screen, to which it leads. */
export const restored = $state<{ said: { sentence: string; kept: string | null } | null }>({
  said: null,
});
