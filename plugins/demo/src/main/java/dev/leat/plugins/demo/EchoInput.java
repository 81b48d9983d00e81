package dev.leat.plugins.demo;

import dev.leat.plugin.Description;
import jakarta.validation.constraints.Size;

record EchoInput(@Description("What to say.") @Size(max = 10_000) String message) {}
