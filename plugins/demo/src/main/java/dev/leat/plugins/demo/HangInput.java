package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record HangInput(
        @Description("How long to hang, in milliseconds; an hour at most.") @DefaultValue("60000") @Min(0) @Max(3_600_000) int millis) {}
