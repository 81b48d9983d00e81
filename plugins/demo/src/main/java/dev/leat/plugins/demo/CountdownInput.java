package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

record CountdownInput(
        @Description("How many seconds to count down.") @DefaultValue("10") @Min(1) @Max(60) int seconds) {}
