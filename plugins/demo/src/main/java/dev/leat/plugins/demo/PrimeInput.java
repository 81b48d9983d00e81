package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record PrimeInput(
        @Description("Prime numbers are looked for up to this one, inclusive.") @DefaultValue("1000") @Min(100) @Max(100_000) int limit,
        @Description("Pause before each of the ten steps, in milliseconds. With the default a job runs for about two and a half seconds; 0 is full speed.") @DefaultValue("250") @Min(0) @Max(10_000) int pauseMillis) {}
