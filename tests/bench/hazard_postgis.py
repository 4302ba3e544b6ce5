"""The overlay in PostGIS as someone who knows it well would write it: hazards subdivided, both sides indexed, what is covered not cut.
Loading is not counted; CPU is that of the server's own process, one worker, no JIT."""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle'))
import cluster

HAZARDS = ('flood', 'landslide', 'seismic')
QUERY = """
set work_mem = '1GB'; set maintenance_work_mem = '1GB';
drop table if exists piece; drop table if exists answer;
create table piece as select hazard, class, st_subdivide(geom, 128) geom from hazard;
create index on piece using gist(geom); analyze piece;
create table answer as
    select b.fid, p.hazard, max(p.class) class,
           sum(case when st_coveredby(b.geom, p.geom) then st_area(b.geom) else st_area(st_intersection(b.geom, p.geom)) end) / min(st_area(b.geom)) share
    from {table} b join piece p on st_intersects(p.geom, b.geom) group by b.fid, p.hazard;
"""
ANSWER = "select hazard, count(*), avg(class), avg(share) from answer group by hazard order by hazard;"


def ticks(pid):
    with open('/proc/%s/stat' % pid, encoding='ascii') as stat:
        words = stat.read().rsplit(')', 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf('SC_CLK_TCK')


class PostGIS:
    """with PostGIS() as peer: peer.load(scene, 'b'); wall, cpu, text = peer.overlay('b')"""

    def __enter__(self):
        self.server = cluster.Cluster().__enter__()
        return self

    def __exit__(self, *_):
        self.server.__exit__()

    def load(self, scene, table):
        to = 'PG:host=%s user=oracle dbname=postgres' % self.server.folder
        shape = ['-lco', 'GEOMETRY_NAME=geom', '-lco', 'FID=fid', '--config', 'PG_USE_COPY', 'YES', '-overwrite', '-q']
        subprocess.run(['ogr2ogr', '-f', 'PostgreSQL', to, scene, 'buildings', '-nln', table, '-nlt', 'GEOMETRY', *shape], check=True)
        for name in HAZARDS:
            subprocess.run(['ogr2ogr', '-f', 'PostgreSQL', to, scene, name, *shape], check=True)
        union = ' union all '.join("select '%s' hazard, class, geom from %s" % (name, name) for name in HAZARDS)
        self.server.sql('drop table if exists hazard; create table hazard as ' + union + '; analyze %s; analyze hazard' % table)

    def overlay(self, table):
        session = subprocess.Popen([self.server.bin / 'psql', '-h', self.server.folder, '-U', 'oracle', '-d', 'postgres', '-X', '-q', '-A',
                                    '-t', '-v', 'ON_ERROR_STOP=1'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd='/')
        with session:
            session.stdin.write('select pg_backend_pid();\n')
            session.stdin.flush()
            pid = session.stdout.readline().strip()
            cpu, wall = ticks(pid), time.monotonic()
            session.stdin.write(QUERY.format(table=table) + "select 'done';\n")
            session.stdin.flush()
            if session.stdout.readline().strip() != 'done':
                sys.exit('PostGIS failed')
            cpu, wall = ticks(pid) - cpu, time.monotonic() - wall
            session.stdin.close()
        return wall, cpu, self.server.sql(ANSWER)
