package dev.leat.plugins.demo;

import dev.leat.plugin.Description;

record SleepResult(@Description("How long the sleep lasted, in milliseconds.") long slept) {}
