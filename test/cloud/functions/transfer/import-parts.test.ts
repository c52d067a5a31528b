import { expect, test } from 'vitest';
import { CALLE_MAYOR, calleMayor } from '../../../support/calle-mayor.ts';
import { onSqlite } from '../../../support/store-engines.ts';
import { saidOf, transferStage, wrongIn } from './transfer-stage.ts';

const ZONED = {
  ...CALLE_MAYOR,
  zones: [
    { id: 'ground', name: 'Ground floor' },
    { id: 'cafe', name: 'Café', limits: { soft: 8, hard: 10 } },
  ],
};

onSqlite('a table of parts of stores', (database) => {
  const start = async () => {
    const stage = transferStage(await database.open());
    await stage.cloud.keep('calle-mayor', ZONED);
    const description = () => database.tx((tx) => tx.structure.storeDescription('calle-mayor'));
    return { ...stage, description };
  };

  test('adds doors and changes doors, and takes no sensor from them', async () => {
    const stage = await start();
    const kept = await stage.keep(
      'doors',
      'store,id,name,into,from\ncalle-mayor,street,Main street,ground,\ncalle-mayor,stairs,Stairs,cafe,ground\n',
    );
    expect(saidOf(kept)).toEqual(['2 changed door:calle-mayor/street', '3 new door:calle-mayor/stairs']);
    expect((await stage.description())?.doors).toMatchObject([
      { id: 'street', name: 'Main street', into: 'ground', sensors: [{ id: 'street-1' }] },
      { id: 'arcade' },
      { id: 'stairs', from: 'ground', peoplePerSecond: 3 },
    ]);
  });

  test('says of each door what is wrong with it', async () => {
    const stage = await start();
    const checked = await stage.check(
      'doors',
      [
        'store,id,name,into,from,peoplePerSecond',
        `calle-mayor,long,${'x'.repeat(81)},,,`,
        'calle-mayor,cellar,Cellar,cellar,,',
        'calle-mayor,circle,Circle,cafe,cafe,',
        'calle-mayor,nameless,,,,',
        'calle-mayor,crowd,Crowd,,,51',
        'nowhere,a,A,,,',
      ].join('\n'),
    );
    expect(wrongIn(checked)).toEqual([
      '2 name: at most 80 characters',
      '3 into: a zone of the store: ground, cafe',
      '4 from: another zone than into',
      '5 name: a value',
      '6 peoplePerSecond: at most 50',
      '7 store: a store that exists',
    ]);
  });

  test('adds zones and sets their limits', async () => {
    const stage = await start();
    const kept = await stage.keep(
      'zones',
      'store,id,name,soft,hard\ncalle-mayor,cafe,Café,,\ncalle-mayor,roof,Roof,3,4\ncalle-mayor,ground,Ground floor,,\n',
    );
    expect(saidOf(kept)).toEqual([
      '2 changed zone:calle-mayor/cafe',
      '3 new zone:calle-mayor/roof',
      '4 same zone:calle-mayor/ground',
    ]);
    expect((await stage.description())?.zones).toEqual([
      { id: 'ground', name: 'Ground floor', sensors: [] },
      { id: 'cafe', name: 'Café', sensors: [] },
      { id: 'roof', name: 'Roof', limits: { soft: 3, hard: 4 }, sensors: [] },
    ]);
    expect(
      wrongIn(
        await stage.check(
          'zones',
          'store,id,name,soft,hard\ncalle-mayor,cafe,Café,5,4\ncalle-mayor,street,S,,',
        ),
      ),
    ).toEqual(['2 soft: at most limits.hard', '3 id: another id: street and store are no zones']);
  });

  test('makes new sensors and shows their connection strings once', async () => {
    const stage = await start();
    const table = [
      'store,door,zone,id,model,line,flipped',
      'calle-mayor,street,,street-2,axis,in,yes',
      'calle-mayor,,cafe,Above_1,,,',
      'calle-mayor,arcade,,street-1,,,no',
    ].join('\n');
    expect(await stage.check('sensors', table)).toMatchObject({ problems: [], createdSensors: [] });
    expect(stage.devices).toEqual(new Set(['street-1', 'arcade-1']));
    const kept = await stage.keep('sensors', table);
    expect(saidOf(kept)).toEqual([
      '2 new sensor:calle-mayor/street-2 in',
      '3 new sensor:calle-mayor/Above_1',
      '4 changed sensor:calle-mayor/street-1',
    ]);
    expect(kept.createdSensors.map(({ sensorId }) => sensorId)).toEqual(['Above_1', 'street-2']);
    expect(kept.createdSensors[0]?.connectionString).toContain('DeviceId=Above_1');
    expect(await stage.description()).toMatchObject({
      doors: [
        { id: 'street', sensors: [{ id: 'street-2', model: 'axis', line: 'in', flipped: true }] },
        { id: 'arcade', sensors: [{ id: 'arcade-1' }, { id: 'street-1', flipped: false }] },
      ],
      zones: [{ sensors: [] }, { sensors: [{ id: 'Above_1', model: 'auto' }] }],
    });
    expect(await stage.keep('sensors', table)).toMatchObject({ createdSensors: [], problems: [] });
  });

  test('brings a sensor without the key that it had elsewhere, and leaves their keys to the others', async () => {
    const stage = await start();
    const hasKey = (sensorId: string) => database.tx((tx) => tx.ingestKeys.sha256Of(sensorId));
    for (const sensorId of ['street-1', 'old-1'])
      await database.tx((tx) => tx.ingestKeys.put(sensorId, 'sha', 1));
    const table = 'store,door,id\ncalle-mayor,street,old-1\ncalle-mayor,arcade,street-1\n';
    expect((await stage.keep('sensors', table)).problems).toEqual([]);
    expect(await hasKey('old-1')).toBeUndefined();
    expect(await hasKey('street-1')).toBe('sha');
  });

  test('says of each sensor what is wrong with it', async () => {
    const stage = await start();
    await stage.cloud.keep(
      'atocha',
      calleMayor({ doors: [{ id: 'a', name: 'A', sensors: [{ id: 'atocha-1' }] }] }),
    );
    const checked = await stage.check(
      'sensors',
      [
        'store,door,zone,id,model,line,flipped',
        'calle-mayor,street,cafe,s-1,,,',
        'calle-mayor,garage,,s-2,,,',
        'calle-mayor,,,s-3,,,',
        'calle-mayor,,cafe,s-4,,,yes',
        'calle-mayor,street,,s 5,,,',
        'calle-mayor,street,,s-6,foscam,,',
        'calle-mayor,street,,s-7,,,maybe',
        'calle-mayor,street,,atocha-1,,,',
        'atocha,a,,s-9,,,',
        'calle-mayor,street,,s-9,,,',
        'atocha,a,,s-9,,,',
      ].join('\n'),
    );
    expect(wrongIn(checked)).toEqual([
      '2 zone: a door or a zone, not both',
      '3 door: a door of the store: street, arcade',
      '4 door: a door of the store: street, arcade',
      '5 flipped: no, or nothing, for a sensor above a zone',
      '6 id: 1 to 128 of letters, digits, . _ and -',
      '7 model: auto, vitrine, axis, xovis, hikvision, dahua, milesight, terabee, vivotek or azure-spatial-analysis',
      '8 flipped: yes or no',
      '9 id: a sensor of this store; this one belongs to the store atocha',
      '11 id: a sensor of this store; this one belongs to the store atocha',
      '12 id: a row for each; row 10 says something of it already',
    ]);
  });

  test('keeps nothing, and takes back the sensors it made, where the hub refuses one', async () => {
    const stage = await start();
    stage.refuse('new-2');
    const table =
      'store,door,id\ncalle-mayor,street,new-1\ncalle-mayor,street,new-2\ncalle-mayor,street,new-3\n';
    expect(await stage.ask('sensors', table, 'false')).toMatchObject({
      status: 503,
      jsonBody: { code: 'unavailable', detail: 'nothing was imported: IoT Hub said no' },
    });
    expect(stage.devices).toEqual(new Set(['street-1', 'arcade-1']));
    expect(JSON.stringify(await stage.description())).not.toContain('new-');
  });
});
