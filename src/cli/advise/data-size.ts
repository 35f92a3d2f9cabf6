import { InputError } from '../../catalog/problem.js';
import type { AdviseRequest } from './arguments.js';

/** The request with the size of its data file. Throws where the file is no dictionary of lists, and says where in it. */
export async function sizedByData(request: AdviseRequest): Promise<AdviseRequest> {
  const { data, groupBy, value } = request;
  if (data === undefined) return request;
  const { loadData } = await import('../../dictionary/load.js');
  const { header } = await loadData({
    file: data,
    ...(groupBy ? { groupBy } : {}),
    ...(value ? { value } : {}),
  });
  if (header.elements === 0)
    throw new InputError(
      `--data ${data}: its ${header.keys} lists are all empty, so that there is nothing to advise on.`,
    );
  return { ...request, keys: header.keys, length: header.elements / header.keys };
}
