// How the program ends, for scripts. Documented in the README and in the help.
export const exitCodes = {
  allWell: 0,
  /** Something was refused, failed, or is not as it should be. */
  notAllWell: 1,
  /** The command cannot be carried out as it was given; nothing was sent. */
  wrongUse: 2,
  interrupted: 130,
} as const;
