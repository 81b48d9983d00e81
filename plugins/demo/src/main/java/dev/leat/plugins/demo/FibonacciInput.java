package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record FibonacciInput(
        @Description("How many Fibonacci numbers to list.") @DefaultValue("50") @Min(1) @Max(1000) int count,
        @Description("Pause before each ten numbers, in milliseconds. With the defaults a job runs for about a second; 0 is full speed.") @DefaultValue("200") @Min(0) @Max(10_000) int pauseMillis) {}
