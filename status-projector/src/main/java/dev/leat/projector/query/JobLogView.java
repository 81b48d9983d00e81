package dev.leat.projector.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.LogLine;

/**
 * A job's log as it is shown.
 *
 * @param lines oldest first
 * @param dropped how many older lines have made room, of all attempts
 */
record JobLogView(JobId id, List<Line> lines, long dropped) {

    /**
     * One line.
     *
     * @param level {@link LogLine.Level#wireName()}
     */
    record Line(Instant at, String level, int attempt, String message, Map<String, String> fields) {

        static Line of(JobLog.Entry entry) {
            LogLine line = entry.line();
            return new Line(line.at(), line.level().wireName(), entry.attempt(), line.message(), line.fields());
        }
    }

    /**
     * Shows a log.
     *
     * @param attempt whose lines to show; empty for those of all
     */
    static JobLogView of(JobId id, JobLog log, Optional<Integer> attempt) {
        return new JobLogView(id, log.entries()
                .stream()
                .filter(entry -> attempt.isEmpty() || attempt.get() == entry.attempt())
                .map(Line::of)
                .toList(), log.dropped());
    }
}
