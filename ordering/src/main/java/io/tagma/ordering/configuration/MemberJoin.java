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
import java.util.ArrayList;
import java.util.List;

/**
 * Puts member files of several organisations together: each member gets the id that its file asks for, the others get
 * the ids left over, in the order in which the files are given. Administrators have names in place of ids.
 */
public final class MemberJoin
{
    /** Stands for more than half of the administrators. */
    public static final int MAJORITY = -1;

    private static final int FIRST_REPLICA = 0;
    private static final int FIRST_CLIENT = 1;

    private final MemberFile[] replicas = new MemberFile[FrameLayout.MAX_REPLICAS];
    private final Path[] replicaFiles = new Path[FrameLayout.MAX_REPLICAS];
    private final MemberFile[] clients = new MemberFile[ClusterConfiguration.MAX_CLIENTS + FIRST_CLIENT];
    private final Path[] clientFiles = new Path[ClusterConfiguration.MAX_CLIENTS + FIRST_CLIENT];
    private final List<Administrator> administrators = new ArrayList<>();

    private MemberJoin()
    {
    }

    /**
     * Adds the members to a configuration.
     *
     * @param files     of the members.
     * @param threshold how many administrators must sign a recovery; {@link #MAJORITY} for most of them.
     * @param builder   of the configuration, which has no members yet.
     * @throws ConfigurationException if a file is refused, two ask for one id, or an id below one asked for is free.
     */
    public static void join(
        final List<Path> files, final int threshold, final ClusterConfiguration.Builder builder)
    {
        final MemberJoin join = new MemberJoin();
        final MemberFile[] members = new MemberFile[files.size()];
        for (int i = 0; i < members.length; i++)
        {
            members[i] = MemberFile.load(files.get(i));
            if (MemberFile.NO_ID != members[i].id())
            {
                join.place(members[i], members[i].id(), files.get(i));
            }
        }
        for (int i = 0; i < members.length; i++)
        {
            if (PartyKind.ADMINISTRATOR == members[i].kind())
            {
                join.administrators.add(members[i].administrator());
            }
            else if (MemberFile.NO_ID == members[i].id())
            {
                join.place(members[i], join.freeId(members[i].kind()), files.get(i));
            }
        }
        join.addTo(builder);
        builder.administrators(new Administrators(
            join.administrators,
            MAJORITY == threshold ? Administrators.majority(join.administrators.size()) : threshold));
    }

    private void place(final MemberFile member, final int id, final Path file)
    {
        final boolean isReplica = PartyKind.REPLICA == member.kind();
        final MemberFile[] places = isReplica ? replicas : clients;
        final Path[] takenBy = isReplica ? replicaFiles : clientFiles;
        if (id >= places.length)
        {
            throw new ConfigurationException(
                "member file " + file + " is one " + member.kind().label() + " too many: at most " +
                (isReplica ? FrameLayout.MAX_REPLICAS : ClusterConfiguration.MAX_CLIENTS) + " are possible");
        }
        if (null != places[id])
        {
            throw new ConfigurationException(
                "member file " + file + ": id = " + id + " is that of " + takenBy[id] +
                " too: each " + member.kind().label() + " needs its own");
        }
        places[id] = member;
        takenBy[id] = file;
    }

    private int freeId(final PartyKind kind)
    {
        final MemberFile[] places = PartyKind.REPLICA == kind ? replicas : clients;
        int id = PartyKind.REPLICA == kind ? FIRST_REPLICA : FIRST_CLIENT;
        while (id < places.length && null != places[id])
        {
            id++;
        }
        return id;
    }

    private void addTo(final ClusterConfiguration.Builder builder)
    {
        final int replicaCount = count(PartyKind.REPLICA, replicas, FIRST_REPLICA);
        for (int id = FIRST_REPLICA; id < replicaCount; id++)
        {
            builder.addReplica(replicas[id].replica());
        }
        final int clientCount = count(PartyKind.CLIENT, clients, FIRST_CLIENT);
        for (int id = FIRST_CLIENT; id < clientCount + FIRST_CLIENT; id++)
        {
            builder.addClient(clients[id].client());
        }
    }

    private static int count(final PartyKind kind, final MemberFile[] places, final int first)
    {
        int end = places.length;
        while (end > first && null == places[end - 1])
        {
            end--;
        }
        for (int id = first; id < end; id++)
        {
            if (null == places[id])
            {
                throw new ConfigurationException(
                    kind.label() + " " + id + " is missing: a member file asks for a higher id, and none for this one");
            }
        }
        return end - first;
    }
}
