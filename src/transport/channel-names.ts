/** T2: the data channels that a browser opens: one ordered for both streams, one for datagrams. */
export const CHANNEL_NAMES = { messages: 'theta lanes 1', datagrams: 'theta datagrams 1' } as const;
