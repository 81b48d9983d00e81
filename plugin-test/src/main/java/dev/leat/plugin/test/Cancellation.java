package dev.leat.plugin.test;

import java.time.Duration;

/** When somebody cancels an attempt under test. */
sealed interface Cancellation {

    /** Only who holds the started attempt. */
    record Never() implements Cancellation {}

    /** Before the handler's first step. */
    record AtOnce() implements Cancellation {}

    /** In the report of progress with this number, on the thread that reports. */
    record AfterReports(int reports) implements Cancellation {
        public AfterReports {
            if (reports < 1) {
                throw new IllegalArgumentException("Expected at least 1 report of progress, but got " + reports);
            }
        }
    }

    /** This long after the attempt began. */
    record After(Duration time) implements Cancellation {
        public After {
            if (time.isNegative()) {
                throw new IllegalArgumentException("Expected a time that is not negative, but got " + time);
            }
        }
    }
}
