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
package io.tagma.ordering.configuration;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.PartyKind;
import java.nio.file.Path;

/**
 * What one organisation gives the others of a replica, client or administrator of its own, before there is a cluster
 * file: public things only.
 *
 * @param kind          of the member.
 * @param id            that it shall have, or {@link #NO_ID}.
 * @param replica       what is known of it if it is a replica, else null.
 * @param client        what is known of it if it is a client, else null.
 * @param administrator what is known of it if it is an administrator, else null.
 */
public record MemberFile(
    PartyKind kind, int id, ReplicaMember replica, ClientMember client, Administrator administrator)
{
    /** Stands for an id that was not agreed on: the member gets the lowest free one. */
    public static final int NO_ID = -1;
    /** Name of the file beside the member's key directory. */
    public static final String FILE = "member.properties";

    private static final String WHAT = "member file";
    private static final String HEADER =
        "# Tagma member file. It holds public things only: give it to whoever joins the cluster file.\n";

    /**
     * Of a replica.
     *
     * @param id      that it shall have, or {@link #NO_ID}.
     * @param replica what is public of it.
     * @return the content of its member file.
     * @throws ConfigurationException if something in it is out of range.
     */
    public static MemberFile of(final int id, final ReplicaMember replica)
    {
        MembershipCheck.checkWeight(WHAT, "replica", replica);
        return new MemberFile(PartyKind.REPLICA, id, replica, null, null);
    }

    /**
     * Of a client.
     *
     * @param id     that it shall have, or {@link #NO_ID}.
     * @param client what is public of it.
     * @return the content of its member file.
     * @throws ConfigurationException if something in it is out of range.
     */
    public static MemberFile of(final int id, final ClientMember client)
    {
        MembershipCheck.checkName(WHAT, "client", client);
        return new MemberFile(PartyKind.CLIENT, id, null, client, null);
    }

    /**
     * Of an administrator.
     *
     * @param administrator what is public of it.
     * @return the content of its member file.
     * @throws ConfigurationException if something in it is out of range.
     */
    public static MemberFile of(final Administrator administrator)
    {
        MembershipCheck.checkName(WHAT, PartyKind.ADMINISTRATOR.label(), administrator);
        return new MemberFile(PartyKind.ADMINISTRATOR, NO_ID, null, null, administrator);
    }

    /**
     * Reads a member file.
     *
     * @param file to read.
     * @return what is in it.
     * @throws ConfigurationException if it cannot be read, or something in it is missing, unknown or doubled.
     */
    public static MemberFile load(final Path file)
    {
        final PropertiesText text = PropertiesText.load(WHAT, file);
        final String label = text.take("member");
        final MemberFile member;
        if (PartyKind.ADMINISTRATOR.label().equals(label))
        {
            member = of(ClusterFile.takeAdministrator(text, label));
        }
        else if (PartyKind.REPLICA.label().equals(label))
        {
            final int id = text.has("id") ? text.takeInt("id", 0, FrameLayout.MAX_REPLICAS - 1) : NO_ID;
            member = of(id, ClusterFile.takeReplica(text, label));
        }
        else if (PartyKind.CLIENT.label().equals(label))
        {
            final int id = text.has("id") ? text.takeInt("id", 1, ClusterConfiguration.MAX_CLIENTS) : NO_ID;
            member = of(id, ClusterFile.takeClient(text, label));
        }
        else
        {
            throw text.refusal(
                "member", label, "must be " + PartyKind.REPLICA.label() + ", " + PartyKind.CLIENT.label() + " or " +
                PartyKind.ADMINISTRATOR.label());
        }
        text.requireNothingLeft();
        return member;
    }

    /**
     * Writes a new member file.
     *
     * @param file that must not exist.
     * @throws ConfigurationException if it exists or cannot be written.
     */
    public void store(final Path file)
    {
        final StringBuilder text = new StringBuilder(HEADER).append("member=").append(kind.label()).append('\n');
        if (NO_ID != id)
        {
            text.append("id=").append(id).append('\n');
        }
        if (PartyKind.REPLICA == kind)
        {
            ClusterFile.putReplica(text, kind.label(), replica);
        }
        else if (PartyKind.ADMINISTRATOR == kind)
        {
            ClusterFile.putAdministrator(text, kind.label(), administrator);
        }
        else
        {
            ClusterFile.putClient(text, kind.label(), client);
        }
        PropertiesText.store(WHAT, file, text.toString());
    }
}
