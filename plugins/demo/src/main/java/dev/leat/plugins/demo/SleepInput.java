package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record SleepInput(
        @Description("How long to sleep in all, in milliseconds; an hour at most.") @DefaultValue("1000") @Min(0) @Max(3_600_000) int millis,
        @Description("In how many equal parts, with a report of progress after each.") @DefaultValue("10") @Min(1) @Max(1000) int steps) {}
