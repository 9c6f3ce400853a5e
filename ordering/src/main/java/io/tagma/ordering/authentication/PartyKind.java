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
package io.tagma.ordering.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What a party is. Replicas and clients count their ids apart.
 */
public enum PartyKind
{
    /** One that orders; ids from 0. */
    REPLICA("replica"),
    /** One that asks; ids from 1. */
    CLIENT("client"),
    /** One that signs recoveries. It has a name and no id, and takes part in no traffic. */
    ADMINISTRATOR("administrator");

    private final String label;

    PartyKind(final String label)
    {
        this.label = label;
    }

    /**
     * How it is written in key derivations, files and messages.
     *
     * @return its name there.
     */
    public String label()
    {
        return label;
    }

    byte[] encoded()
    {
        return label.getBytes(US_ASCII);
    }
}
