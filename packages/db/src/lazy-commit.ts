/**
 * A `FROM` item of one row that has its transaction commit without waiting for the disk. What is written so
 * outlives every process of ours at once, and a crash of Postgres but for the last second before it. For
 * what nobody was promised: a wait for the disk here holds up the commits that somebody waits for.
 */
export const LAZY_COMMIT = `(SELECT set_config('synchronous_commit', 'off', true)) AS lazy_commit`
