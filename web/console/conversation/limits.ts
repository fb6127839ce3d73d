// How long the texts may be that the service takes.

export const NOTE_LIMIT = 1_000;
export const MESSAGE_LIMIT = 2_000;
