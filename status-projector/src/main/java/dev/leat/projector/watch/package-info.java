/**
 * What the projector watches beside its facts, and without its stream threads having to wait: which workers live, how far
 * their group is committed, and which lanes there are.
 */
@NullMarked
package dev.leat.projector.watch;

import org.jspecify.annotations.NullMarked;
