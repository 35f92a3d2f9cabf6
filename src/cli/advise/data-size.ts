import type { AdviseRequest } from './arguments.js';

/** The request with the size of its data file. Throws where the file is no dictionary of lists with numbers, and says where in it. */
export async function sizedByData(request: AdviseRequest): Promise<AdviseRequest> {
  const { data, groupBy, value } = request;
  if (data === undefined) return request;
  const { loadData } = await import('../../dictionary/load.js');
  const { header } = await loadData({
    file: data,
    ...(groupBy ? { groupBy } : {}),
    ...(value ? { value } : {}),
  });
  return { ...request, keys: header.keys, length: header.elements / header.keys, longest: header.longest };
}
