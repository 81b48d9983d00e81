package dev.leat.plugin.test;

import dev.leat.domain.JobLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks whether people will read all that an attempt has logged. */
final class LogCheck {

    private LogCheck() {}

    /** What is lost of it; empty if nothing is. */
    static List<String> problems(TestedAttempt attempt) {
        List<String> problems = new ArrayList<>(attempt.said().losses());
        attempt.log().stream().filter(line -> line.message().isBlank() && line.fields().isEmpty())
                .findFirst().ifPresent(_ -> problems.add("a line says nothing"));
        int characters = attempt.log().stream().mapToInt(LogCheck::size).sum();
        if (attempt.log().size() > JobLog.MOST_LINES || characters > JobLog.MAX_SIZE) {
            problems.add("a job keeps %d lines of together %d characters, but there are %d of %d".formatted(
                    JobLog.MOST_LINES, JobLog.MAX_SIZE, attempt.log().size(), characters));
        }
        return problems;
    }

    private static int size(LogEntry line) {
        return line.message().length()
                + line.fields().entrySet().stream().mapToInt(LogCheck::size).sum();
    }

    private static int size(Map.Entry<String, String> field) {
        return field.getKey().length() + field.getValue().length();
    }
}
