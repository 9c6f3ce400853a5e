/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.ordering.simulation;

/**
 * What a Byzantine client keeps doing.
 *
 * @param kind    of lie.
 * @param signing what it does where a signature is due; matters where it lies about tags.
 */
record ClientLie(Kind kind, Signing signing)
{
    /** What it lies about. */
    enum Kind
    {
        /** Now and then any small lie: numbers used twice, jumps, one wrong tag or signature. */
        MIXED,
        /** The tag for one backup is wrong. */
        ONE_TAG,
        /** The tags for backups weighing K are wrong. */
        WEAK_QUORUM_TAGS,
        /** The tags for all backups are wrong: only the primary can authenticate a bundle. */
        BACKUP_TAGS,
        /** The tag for the primary alone is wrong. */
        PRIMARY_TAG,
        /** Numbers far ahead, over right tags and signatures. */
        FAR_NUMBERS,
        /** One session after the other. */
        SESSION_CHURN
    }

    /** How it signs. */
    enum Signing
    {
        /** As it should. */
        RIGHT,
        /** Wrongly. */
        WRONG,
        /** Nothing but what opens a session. */
        NEVER
    }

    static final ClientLie MIXED = new ClientLie(Kind.MIXED, Signing.RIGHT);

    /** Half of them tell any small lie, the others keep to one. */
    static ClientLie drawn(final SimulationRandom random)
    {
        final Kind kind = random.coin() ? Kind.MIXED : Kind.values()[random.below(Kind.values().length)];
        return new ClientLie(kind, Signing.values()[random.below(Signing.values().length)]);
    }

    boolean isAboutTags()
    {
        return switch (kind)
        {
            case ONE_TAG, WEAK_QUORUM_TAGS, BACKUP_TAGS, PRIMARY_TAG -> true;
            default -> false;
        };
    }
}
