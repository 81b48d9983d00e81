package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record PrimeInput(
        @Description("Prime numbers are looked for up to this one, inclusive.") @DefaultValue("1000") @Min(2) @Max(5_000_000) int limit,
        @Description("Pause after each of the 100 steps, in milliseconds. With the default a job runs for about three seconds; 0 is full speed.") @DefaultValue("30") @Min(0) @Max(10_000) int pauseMillis) {}
