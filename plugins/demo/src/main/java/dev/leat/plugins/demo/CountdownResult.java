package dev.leat.plugins.demo;

import dev.leat.plugin.Description;

record CountdownResult(@Description("How long the countdown lasted, in milliseconds.") long duration) {}
