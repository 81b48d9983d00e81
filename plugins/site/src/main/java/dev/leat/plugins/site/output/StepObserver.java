package dev.leat.plugins.site.output;

/** Told of each step, on the thread that takes it; for tests that look at what a crash would leave. */
@FunctionalInterface
public interface StepObserver {

    /** Nobody looks. */
    StepObserver NONE = _ -> {};

    void reached(Step step);
}
