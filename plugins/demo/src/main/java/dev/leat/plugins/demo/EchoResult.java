package dev.leat.plugins.demo;

import dev.leat.plugin.Description;

record EchoResult(@Description("What was said.") String message) {}
