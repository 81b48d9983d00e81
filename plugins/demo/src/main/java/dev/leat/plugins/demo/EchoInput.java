package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

record EchoInput(@Description("What to say.") @Size(max = 10_000) String message,
        @Description("After how many seconds to say it.") @DefaultValue("1") @Min(1) @Max(30) int delay) {}
