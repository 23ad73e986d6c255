/** What one fresh process measured. */
export interface Round {
  /** CPU time of the client's process, user and system, in µs for each operation or event. */
  readonly cpu: number;
  /** Time on the wall, in the same unit. */
  readonly wall: number;
  /** Connections that were opened after the warm-up. */
  readonly connections: number;
}
